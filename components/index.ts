export { CustomDomain, type CustomDomainArgs, type DomainInRegion, type ServingRegion } from "./customDomain";
export { ExpiryAlerts, type ExpiryAlertsArgs } from "./expiryAlerts";
export { ServerCertificates, type ServerCertificatesArgs } from "./certificates/serverCertificates";
export { ValidationRecords, type ValidationRecordsArgs } from "./validationRecords";
