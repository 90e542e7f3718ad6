export { type DiagnosisCode, type DiagnosisRow, DIAGNOSIS_TABLE } from "./codes.ts";
export { type Diagnosis, type DiagnoseOptions, diagnoseMismatch, type Mistake } from "./diagnose-mismatch.ts";
