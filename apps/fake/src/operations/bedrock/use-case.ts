import type { Reply } from "../../exchange/reply.ts";
import type { Exchange } from "../../exchange/exchange.ts";
import { type Fault, fault } from "../../terms/faults.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { constraint } from "../../terms/constraint.ts";

const MIN_BYTES = 10;
const MAX_BYTES = 16_384;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Answers PutUseCaseForModelAccess.
 *
 * @returns Status 201 without a body, or what is wrong with the form.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_PutUseCaseForModelAccess.html | PutUseCaseForModelAccess}
 */
export function putUseCase({ input = {} }: Exchange, _: FakeSettings, { resources }: FakeState): Reply | Fault {
  const { formData } = input;
  if (typeof formData !== "string" || !BASE64.test(formData)) {
    return constraint(formData, "formData", "Member must not be null, and base64");
  }
  const bytes = Buffer.from(formData, "base64").length;
  if (bytes < MIN_BYTES || bytes > MAX_BYTES) {
    return constraint(`${bytes} bytes`, "formData", `Member must have length from ${MIN_BYTES} to ${MAX_BYTES}`);
  }
  resources.useCaseForm.submit(formData);
  return { kind: "bytes", status: 201, contentType: "application/json", body: new Uint8Array() };
}

/**
 * Answers GetUseCaseForModelAccess.
 *
 * @returns The form, or `use-case-missing`.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetUseCaseForModelAccess.html | GetUseCaseForModelAccess}
 */
export function getUseCase(_: Exchange, __: FakeSettings, { resources }: FakeState): object | Fault {
  const { formData } = resources.useCaseForm;
  return formData === undefined
    ? fault("use-case-missing", "No use case was submitted for this account.")
    : { formData };
}
