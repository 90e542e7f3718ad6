export { claudePlatformRoutes, type Route } from "./claude-platform-routes.ts";
