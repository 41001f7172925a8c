import type { ServiceDefinition } from "../../service";
import { authorityOperations } from "./authorities";
import { issuedCertificateOperations } from "./issuedCertificates";
import { tagOperations } from "./tags";

/** AWS Private Certificate Authority. */
export const acmPca: ServiceDefinition = {
    operations: { ...authorityOperations, ...issuedCertificateOperations, ...tagOperations },
    validationException: "ValidationException",
};
