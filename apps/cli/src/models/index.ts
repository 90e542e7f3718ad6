export { createModelsCommand, modelsCommand } from "./models-command.ts";
