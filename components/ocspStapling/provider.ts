import type { IoTClient, ServerCertificateConfig } from "@aws-sdk/client-iot";
import type { dynamic } from "@pulumi/pulumi";
import { parseArn } from "../../rules/arns";
import { awsSettings, callingAccount, clientOptions, type AwsSettings } from "./credentials";
import { sameStapling, type OcspStaplingInputs } from "./inputs";

type Inputs = OcspStaplingInputs;

/** What nobody has turned on: AWS checks nothing unless it is told to. */
const off: ServerCertificateConfig = { enableOCSPCheck: false };

/**
 * Turns the OCSP stapling of a domain configuration on and off by `UpdateDomainConfiguration`, which never replaces it.
 *
 * Runs in a process that Pulumi starts for dynamic resources, not in the program's.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-cert-config.html
 */
export class OcspStaplingProvider implements dynamic.ResourceProvider<Inputs, Inputs> {
    private settings: AwsSettings = { assumeRoles: [] };

    configure({ config }: dynamic.ConfigureRequest): Promise<void> {
        this.settings = awsSettings((key) => config.get(key));
        return Promise.resolve();
    }

    /** Refuses what AWS does: a responder in another account or region than the domain configuration. */
    check(_olds: Inputs, news: Inputs): Promise<dynamic.CheckResult<Inputs>> {
        const domain = parseArn(news.domainConfigurationArn);
        const { ocspLambdaArn, ocspAuthorizedResponderArn } = news.serverCertificateConfig;
        const failures = Object.entries({ ocspLambdaArn, ocspAuthorizedResponderArn }).flatMap(([field, text]) => {
            const arn = parseArn(text);
            // What is not known before the deployment is no ARN yet.
            const isElsewhere = domain && arn && (arn.account !== domain.account || arn.region !== domain.region);
            return isElsewhere
                ? [
                      {
                          property: `serverCertificateConfig.${field}`,
                          reason:
                              `expected an ARN of account ${domain.account} in ${domain.region}, where the domain ` +
                              `configuration is, got ${text}; AWS IoT Core asks no responder elsewhere`,
                      },
                  ]
                : [];
        });
        return Promise.resolve({ inputs: news, failures });
    }

    /** Another domain configuration has stapling of its own to turn on; everything else changes in place. */
    diff(_id: string, olds: Inputs, news: Inputs): Promise<dynamic.DiffResult> {
        const isOther = olds.domainConfigurationArn !== news.domainConfigurationArn;
        return Promise.resolve({
            changes: isOther || !sameStapling(olds.serverCertificateConfig, news.serverCertificateConfig),
            replaces: isOther ? ["domainConfigurationArn"] : [],
        });
    }

    async create(inputs: Inputs): Promise<dynamic.CreateResult<Inputs>> {
        await this.put(inputs, inputs.serverCertificateConfig);
        return { id: inputs.domainConfigurationArn, outs: inputs };
    }

    async update(_id: string, _olds: Inputs, news: Inputs): Promise<dynamic.UpdateResult<Inputs>> {
        await this.put(news, news.serverCertificateConfig);
        return { outs: news };
    }

    /** What AWS has now; gone where the domain configuration is gone, or another one has its name. */
    async read(id: string, props?: Inputs): Promise<dynamic.ReadResult<Inputs>> {
        const found = props && (await this.find(id, props));
        if (props === undefined || found === undefined) {
            return { id: "" };
        }
        const read = { ...props, serverCertificateConfig: found };
        return { id, props: read, inputs: read };
    }

    /** Turns it off, unless the domain configuration is gone already. */
    async delete(id: string, props: Inputs): Promise<void> {
        if ((await this.find(id, props)) !== undefined) {
            await this.put(props, off);
        }
    }

    private async put(inputs: Inputs, serverCertificateConfig: ServerCertificateConfig): Promise<void> {
        const { UpdateDomainConfigurationCommand } = await import("@aws-sdk/client-iot");
        const { domainConfigurationName } = inputs;
        await this.call(inputs, (iot) =>
            iot.send(new UpdateDomainConfigurationCommand({ domainConfigurationName, serverCertificateConfig })),
        );
    }

    private async find(arn: string, inputs: Inputs): Promise<ServerCertificateConfig | undefined> {
        const { DescribeDomainConfigurationCommand, ResourceNotFoundException } = await import("@aws-sdk/client-iot");
        const { domainConfigurationName } = inputs;
        const found = await this.call(inputs, async (iot) => {
            try {
                return await iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName }));
            } catch (error) {
                if (error instanceof ResourceNotFoundException) {
                    return undefined;
                }
                throw error;
            }
        });
        return found?.domainConfigurationArn === arn ? (found.serverCertificateConfig ?? off) : undefined;
    }

    /**
     * Calls AWS IoT Core as the stack does.
     *
     * @throws Error where the credentials are of another account than the domain configuration; nothing is asked for then
     */
    private async call<Output>(inputs: Inputs, action: (iot: IoTClient) => Promise<Output>): Promise<Output> {
        const { region, domainConfigurationName: name, domainConfigurationArn: arn } = inputs;
        const place = `OCSP stapling of the domain configuration ${name} in ${region}`;
        const { IoTClient } = await import("@aws-sdk/client-iot");
        let iot: IoTClient | undefined;
        try {
            const options = await clientOptions(this.settings, region);
            const account = await callingAccount(options);
            const expected = parseArn(arn)?.account;
            if (account !== expected) {
                throw new Error(
                    `expected credentials of account ${expected}, which has ${arn}, got credentials of account ` +
                        `${account}; stapling takes aws:profile, aws:assumeRoles and aws:accessKey from the stack's ` +
                        "configuration, else what the environment has: see docs/decisions/0002-ocsp-stapling.md",
                );
            }
            iot = new IoTClient(options);
            return await action(iot);
        } catch (error) {
            const { name: kind, message } = error as Error;
            throw new Error(`${place}: ${kind === "Error" ? "" : `${kind}: `}${message}`, { cause: error });
        } finally {
            iot?.destroy();
        }
    }
}

/** The one of this process: Pulumi configures it once and then calls it for every resource. */
export const ocspStaplingProvider = new OcspStaplingProvider();
