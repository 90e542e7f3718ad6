import type { FakeSettings } from "../../settings/fake-settings.ts";

/** What the form holds where nobody submitted one through the fake. */
const EXAMPLE_FORM = JSON.stringify({
  companyName: "Example",
  companyWebsite: "https://example.com",
  intendedUsers: "0",
  industryOption: "Software",
  otherIndustryOption: "",
  useCases: "Tests",
});

/** The form about its use cases that an account sends before it may use Claude. */
export class UseCaseForm {
  readonly #initial: string | undefined;
  #formData: string | undefined;

  constructor({ useCaseForm }: Pick<FakeSettings, "useCaseForm">) {
    this.#initial = useCaseForm === "submitted" ? Buffer.from(EXAMPLE_FORM).toString("base64") : undefined;
    this.#formData = this.#initial;
  }

  /** The form in base64; `undefined` as long as none was submitted. */
  get formData(): string | undefined {
    return this.#formData;
  }

  /** Submits it. */
  submit(formData: string): void {
    this.#formData = formData;
  }

  /** Puts it back as it was at first. */
  reset(): void {
    this.#formData = this.#initial;
  }
}
