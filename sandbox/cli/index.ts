export { Failure } from "./failure";
export { findPulumiCli, sdkDirectory, withCli, type FindOptions } from "./find";
export type { PulumiCli } from "./inspect";
export { supportedVersions } from "./supported";
