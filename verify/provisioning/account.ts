import {
    DescribeCACertificateCommand,
    DescribeCertificateCommand,
    DescribeProvisioningTemplateCommand,
} from "@aws-sdk/client-iot";
import type { ProvisioningOutput } from "../../outputs/provisioningContract";
import { parseArn } from "../../rules/arns";
import type { Finding } from "../../rules/finding";
import type { AwsClients } from "../account/access";
import { told, type Told } from "../account/facts";
import { faultsOf } from "../faultKind";
import { observed, together, unseen, type LookResult } from "../look";
import { provisioningFaults } from "./faults";
import { provisioningKey, provisioningPath } from "./settings";

const fault = faultsOf(provisioningFaults);

type Rule = keyof typeof provisioningFaults;

interface Asked<Answer> {
    readonly what: string;
    readonly region: string;
    readonly path: string;
    readonly gone: Rule;
    readonly read: (answer: Answer) => Judged;
}

interface Judged {
    readonly detail: string;
    readonly findings: readonly Finding[];
}

/** Asks AWS about everything in a region that gives devices their identity. */
export async function askAboutProvisioning(
    { regions, claimBundles }: ProvisioningOutput,
    region: string,
    { iot }: AwsClients,
): Promise<LookResult> {
    const { claim, justInTime } = regions[region] ?? {};
    const [claimPath, caPath] = [provisioningPath(region, "claim"), provisioningPath(region, "justInTime")];
    const templateName = parseArn(claim?.templateArn)?.resource.split("/")[1];
    return together(
        await Promise.all([
            ...Object.entries(claim?.certificateIds ?? {}).map(async ([name, certificateId]) =>
                judge(await told(iot.send(new DescribeCertificateCommand({ certificateId }))), {
                    what: `claim certificate ${name}`,
                    region,
                    path: claimPath,
                    gone: "claim-certificate-missing",
                    read: ({ certificateDescription: { status = "of unknown status" } = {} }) =>
                        judgeClaim(name, status, { path: claimPath, isInUse: Object.hasOwn(claimBundles, name) }),
                }),
            ),
            ...(templateName === undefined
                ? []
                : [
                      told(iot.send(new DescribeProvisioningTemplateCommand({ templateName }))).then((answer) =>
                          judge(answer, {
                              what: `template ${templateName}`,
                              region,
                              path: claimPath,
                              gone: "provisioning-template-missing",
                              read: ({ enabled }) => ({
                                  detail: enabled === true ? "enabled" : "disabled",
                                  findings:
                                      enabled === true
                                          ? []
                                          : [
                                                fault("provisioning-template-disabled", {
                                                    path: claimPath,
                                                    got: "disabled",
                                                }),
                                            ],
                              }),
                          }),
                      ),
                  ]),
            ...Object.entries(justInTime?.certificateAuthorities ?? {}).map(async ([name, authority]) => {
                const certificateId = parseArn(authority.arn)?.resource.split("/")[1];
                return judge(await told(iot.send(new DescribeCACertificateCommand({ certificateId }))), {
                    what: `device CA ${name}`,
                    region,
                    path: caPath,
                    gone: "ca-certificate-missing",
                    read: ({ certificateDescription: { status = "", autoRegistrationStatus = "" } = {} }) => ({
                        detail: `${status}, autoRegistrationStatus ${autoRegistrationStatus}`,
                        findings: [
                            ...(status === "ACTIVE"
                                ? []
                                : [fault("ca-certificate-inactive", { path: caPath, got: `${name}: ${status}` })]),
                            ...(autoRegistrationStatus === "ENABLE" || !authority.allowAutoRegistration
                                ? []
                                : [
                                      fault("auto-registration-disabled", {
                                          path: caPath,
                                          got: `${name}: ${autoRegistrationStatus}`,
                                      }),
                                  ]),
                        ],
                    }),
                });
            }),
        ]),
    );
}

/** Claims that the configuration has made inactive stay registered, and are in no bundle. */
function judgeClaim(
    name: string,
    status: string,
    { path, isInUse }: { readonly path: string; readonly isInUse: boolean },
): Judged {
    if ((status === "ACTIVE") === isInUse) {
        return { detail: isInUse ? status : `${status}, as configured`, findings: [] };
    }
    const rule = isInUse ? "claim-certificate-inactive" : "claim-certificate-active";
    return { detail: status, findings: [fault(rule, { path, got: `${name}: ${status}` })] };
}

function judge<Answer>(said: Told<Answer>, { what, region, path, gone, read }: Asked<Answer>): LookResult {
    const about = (detail: string) =>
        ({ look: "provisioning", domain: provisioningKey, region, what, detail }) as const;
    if ("withheld" in said) {
        return unseen(about(said.withheld));
    }
    if ("isMissing" in said) {
        return observed(about("there is none"), [fault(gone, { path, got: `no ${what}` })]);
    }
    const { detail, findings } = read(said.answer);
    return observed(about(detail), findings);
}
