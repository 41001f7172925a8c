export { CustomDomain, type CustomDomainArgs } from "./customDomain";
export { ExpiryAlerts, type ExpiryAlertsArgs } from "./expiryAlerts";
export type { DomainInRegion, ServingRegion } from "./regionalDomain";
export { hostedZoneProvider } from "./hostedZoneProvider";
export { ServerCertificates, type ServerCertificatesArgs } from "./certificates/serverCertificates";
export { ValidationRecords, type ValidationRecordsArgs } from "./validationRecords";
export { Provisioning, type ProvisioningArgs, type ProvisioningInRegion } from "./provisioning/provisioning";
