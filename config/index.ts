export { loadConfiguration } from "./load";
export type { AlertSettings, Configuration, DomainSettings } from "./schema";
