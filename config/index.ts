export type { CertificateSettings, Material } from "./certificates";
export { judgeMaterial, type CertificateTexts, type ImportedCertificateSettings } from "./importedCertificates";
export { loadConfiguration, loadProvisioning, stackMaterial } from "./load";
export { readMaterial } from "./material";
export type { AlertSettings, Configuration, DomainSettings } from "./schema";
