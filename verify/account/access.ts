import { ACMClient } from "@aws-sdk/client-acm";
import { IoTClient } from "@aws-sdk/client-iot";
import { Route53Client } from "@aws-sdk/client-route-53";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import { partitionOf, route53Regions } from "../../rules/regions";

/** How AWS's APIs are called. */
export interface AwsAccess {
    readonly credentials: AwsCredentialIdentityProvider;
    /** Where they are, in place of AWS's own endpoints. */
    readonly endpoint?: string;
}

/** Attempts to call an API before it counts as failed. */
const maxAttempts = 3;

/** Milliseconds for a connection and for an answer: AWS's SDK waits for ever unless it is told. */
const requestHandler = { connectionTimeout: 5_000, requestTimeout: 15_000, throwOnRequestTimeout: true } as const;

/** The clients of one region; each is made when it is first used. */
export class AwsClients {
    public readonly iot: IoTClient;
    public readonly acm: ACMClient;
    public readonly route53: Route53Client;

    public constructor(access: AwsAccess, region: string) {
        const settings = { ...access, maxAttempts, requestHandler };
        this.iot = new IoTClient({ ...settings, region });
        this.acm = new ACMClient({ ...settings, region });
        this.route53 = new Route53Client({ ...settings, region: route53Regions[partitionOf(region)] });
    }

    public destroy(): void {
        this.iot.destroy();
        this.acm.destroy();
        this.route53.destroy();
    }
}

/** The credentials that AWS's SDK finds in this process's surroundings; `undefined` where there are none that AWS takes. */
export async function findAccess(endpoint?: string): Promise<AwsAccess | undefined> {
    const sts = new STSClient({
        region: process.env.AWS_REGION ?? route53Regions.aws,
        endpoint,
        maxAttempts,
        requestHandler,
    });
    try {
        await sts.send(new GetCallerIdentityCommand({}));
        return { credentials: sts.config.credentials, endpoint };
    } catch {
        return undefined;
    } finally {
        sts.destroy();
    }
}
