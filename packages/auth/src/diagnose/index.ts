export { type DiagnosisCode, type DiagnosisRow, DIAGNOSIS_TABLE } from "./codes.ts";
export { type Diagnosis, type DiagnoseOptions, diagnoseMismatch, type Mistake } from "./diagnose-mismatch.ts";
export { diagnosePresigned } from "./diagnose-presigned.ts";
export { isRedacted } from "./is-redacted.ts";
export type { OpenQuestion, OpenQuestionCode } from "./open-questions.ts";
