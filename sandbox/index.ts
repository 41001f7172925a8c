export { Failure } from "./cli";
export { isSandbox } from "./engine/directory";
export type { Completed } from "./engine/childProcess";
export {
    defaultStack,
    Sandbox,
    stacksOf,
    type Preparation,
    type PulumiOptions,
    type SandboxOptions,
} from "./engine/sandbox";
export { openSecrets } from "./engine/secrets";
export type { StackConfiguration } from "./engine/stackConfiguration";
