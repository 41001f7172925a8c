import { daysBetween } from "../../rules/certificates/validity";
import { importedCertificate } from "../examples";
import { ExampleFile, defineRule } from "../framework/rule";
import { nist } from "../frameworks";
import { importedCertificate as readImportedCertificate } from "../importedCertificates";
import { resourceTypes } from "../resourceTypes";

interface LifetimeSettings {
    readonly maximumDays: number;
}

/** Advice: a server certificate does not live for years. */
export const certificateLifetime = defineRule<LifetimeSettings>({
    name: "certificate-lifetime",
    title: "Lifetime of a certificate",
    description: "An imported certificate does not live longer than clients and good practice accept.",
    rationale:
        "A stolen key serves until its certificate expires, and TLS libraries refuse public certificates that live too long.",
    severity: "low",
    enforcementLevel: "advisory",
    reference: "https://cabforum.org/working-groups/server/baseline-requirements/requirements/",
    frameworks: [...nist("SC-12")],
    remediation: {
        code: "Have the certificate issued for a shorter time and renew it automatically.",
        cli: "openssl x509 -in telemetry.pem -noout -dates",
        console: "AWS Certificate Manager > the certificate > Reimport certificate",
    },
    settings: {
        maximumDays: {
            type: "integer",
            minimum: 1,
            description: "Longest lifetime in days, the whole of it and not what is left.",
            default: 398,
        },
    },
    examples: {
        compliant: [importedCertificate()],
        violating: [importedCertificate({ certificateBody: new ExampleFile("telemetry-ten-years.pem") })],
    },
    resource: {
        types: [resourceTypes.acmCertificate],
        check: (resource, { now, settings }) => {
            const certificate = readImportedCertificate(resource, now)?.verdict.certificate;
            const days = certificate === undefined ? 0 : daysBetween(certificate.validFrom, certificate.validTo);
            return days <= settings.maximumDays
                ? []
                : [
                      {
                          path: "certificateBody",
                          got: `${days} days`,
                          expected: `a lifetime of at most ${settings.maximumDays} days`,
                          remedy: "have the certificate issued for a shorter time",
                      },
                  ];
        },
    },
});
