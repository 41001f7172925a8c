import type { Cloud } from "../../cloud";
import type { OperationContext } from "../../cloud/context";
import type { ConnectionFacts, Principal, Rights } from "../authentication/principal";
import { isAllowed } from "./evaluate";
import type { PolicyVariables } from "./variables";

/** Something that a device wants to do, as a policy names it. */
export interface Wish {
    /** `iot:Publish` */
    readonly action: string;
    readonly kind: "client" | "topic" | "topicfilter";
    /** A client ID, a topic or a topic filter. */
    readonly name: string;
}

/** Decides for one connection, by the policies that are in force when it asks. */
export class ConnectionRights {
    constructor(
        private readonly cloud: Cloud,
        private readonly region: string,
        readonly principal: Principal,
        readonly facts: ConnectionFacts,
    ) {}

    /** Whether all wishes are granted; false too for a principal that may not be connected any more. */
    async allows(...wishes: readonly Wish[]): Promise<boolean> {
        return (await this.decide(wishes)).every((granted) => granted);
    }

    /** Decides on each wish. */
    decide(wishes: readonly Wish[]): Promise<boolean[]> {
        return this.cloud.observe({ region: this.region }, (context) => {
            const rights = this.principal.rights(context, this.facts);
            return wishes.map((wish) => rights !== undefined && this.grants(context, rights, wish));
        });
    }

    /** Whether the principal may be connected at all. */
    areInForce(): Promise<boolean> {
        return this.cloud.observe(
            { region: this.region },
            (context) => this.principal.rights(context, this.facts) !== undefined,
        );
    }

    private grants(context: OperationContext, rights: Rights, { action, kind, name }: Wish): boolean {
        const resource = context.arn("iot", `${kind}/${name}`);
        return isAllowed(rights.documents, { action, resource, variables: this.variables(rights) });
    }

    private variables(rights: Rights): PolicyVariables {
        const all = {
            "iot:ClientId": this.facts.clientId,
            "iot:DomainName": this.facts.domainName,
            "aws:SourceIp": this.facts.sourceAddress,
            ...rights.variables,
        };
        return new Map(
            Object.entries(all).flatMap(([name, value]): [string, string][] =>
                value === undefined ? [] : [[name.toLowerCase(), value]],
            ),
        );
    }
}
