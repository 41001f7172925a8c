import type * as acm from "@pulumi/aws/acm";
import * as route53 from "@pulumi/aws/route53";
import type { output } from "@pulumi/aws/types";
import * as pulumi from "@pulumi/pulumi";
import { validationName } from "../rules/domainNames";
import type { ServerCertificates } from "./certificates/serverCertificates";

/** What {@link ValidationRecords} needs to know. */
export interface ValidationRecordsArgs {
    readonly zoneId: pulumi.Input<string>;
    /** Everything that is validated in the hosted zone. */
    readonly certificates: readonly ServerCertificates[];
}

/**
 * The DNS records by which ACM sees that the names are ours, each name once in the whole stack.
 *
 * The record of a name is the same for every certificate and region of an account, and `*.example.com` shares that of
 * `example.com`; so the records belong to the stack and not to one certificate. Which records there are follows from the
 * configuration alone, and only their values are looked up in what ACM answers: a preview shows every one of them.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export class ValidationRecords extends pulumi.ComponentResource {
    private readonly records: ReadonlyMap<string, route53.Record>;

    public constructor(name: string, args: ValidationRecordsArgs, options?: pulumi.ComponentResourceOptions) {
        super("iot-domains:index:ValidationRecords", name, {}, options);
        this.records = new Map(
            [...certificateByValidationName(args.certificates)].map(([validated, certificate]) => {
                const option = certificate.domainValidationOptions.apply((all) => optionOf(all, validated));
                const record = new route53.Record(
                    `${name}-${validated}`,
                    {
                        zoneId: args.zoneId,
                        name: option.resourceRecordName,
                        type: option.resourceRecordType,
                        records: [option.resourceRecordValue],
                        ttl: 60,
                    },
                    // ACM gives a name one record for good, and tells it with every certificate. The one that is asked here may
                    // be new, and its answer unknown in a preview: that must not replace what all regions depend on.
                    { parent: this, ignoreChanges: ["name", "type", "records"] },
                );
                return [validated, record] as const;
            }),
        );
        this.registerOutputs();
    }

    /** The names of the records that validate these names, for ACM to wait on. */
    public fqdnsOf(names: readonly string[]): pulumi.Output<string>[] {
        const validated = new Set(names.map(validationName));
        return [...validated].flatMap((each) => this.records.get(each)?.fqdn ?? []);
    }
}

function certificateByValidationName(all: readonly ServerCertificates[]): Map<string, acm.Certificate> {
    const certificates = new Map<string, acm.Certificate>();
    for (const requested of all) {
        const certificate = requested.anyValidated();
        for (const validated of requested.validatedNames.map(validationName)) {
            if (certificate !== undefined && !certificates.has(validated)) {
                certificates.set(validated, certificate);
            }
        }
    }
    return certificates;
}

type ValidationOption = output.acm.CertificateDomainValidationOption;

function optionOf(options: readonly ValidationOption[], validated: string): ValidationOption {
    const option = options.find(({ domainName }) => validationName(domainName) === validated);
    if (option === undefined) {
        const names = options.map(({ domainName }) => domainName).join(", ");
        throw new pulumi.RunError(
            `ACM gave no validation record for ${validated}: expected one among those for ${names || "no name at all"}; ` +
                "run `pulumi refresh`, so that ACM's answer is read again",
        );
    }
    return option;
}
