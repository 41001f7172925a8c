export { CustomDomain, type CustomDomainArgs } from "./customDomain";
export { ExpiryAlerts, type ExpiryAlertsArgs } from "./expiryAlerts";
export type { DomainInRegion, ServingRegion } from "./regionalDomain";
export { ServerCertificates, type ServerCertificatesArgs } from "./certificates/serverCertificates";
export { ValidationRecords, type ValidationRecordsArgs } from "./validationRecords";
