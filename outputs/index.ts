export { contractVersion, type DomainOutput } from "./contract";
export { parseDomains, readDomains } from "./reader";
export { domainOutput } from "./domainOutput";
export { provisioningOutput } from "./provisioningOutput";
