export { type DiagnosisCode, type DiagnosisRow, diagnosisTable } from "./codes.ts";
export { type Diagnosis, type DiagnoseOptions, diagnoseMismatch, type Mistake } from "./diagnose-mismatch.ts";
