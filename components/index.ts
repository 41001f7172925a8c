export { CustomDomain, type CustomDomainArgs } from "./customDomain";
export { hostedZoneProvider } from "./hostedZoneProvider";
export { Provisioning, type ProvisioningArgs } from "./provisioning/provisioning";
export { RegionalIot, type RegionalIotArgs } from "./regionalIot";
export { ServerCertificates, type ServerCertificatesArgs } from "./certificates/serverCertificates";
export { ValidationRecords, type ValidationRecordsArgs } from "./validationRecords";
