export type { DomainOutput, RegionalDomainOutput } from "./contract";
export type { ClaimBundleOutput, ProvisioningOutput } from "./provisioningContract";
export { parseDomains, parseProvisioning, readDomains, readProvisioning } from "./reader";
export { domainOutput } from "./domainOutput";
export { provisioningOutput } from "./provisioningOutput";
export { contractVersion } from "./version";
