export { type ClaimBundle } from "./claimBundles";
export { Provisioning, type ProvisioningArgs, type ProvisioningInRegion } from "./provisioning";
