import { PolicyPack } from "@pulumi/policy";
import { settleConfiguration } from "./framework/configureCall";
import { packRules } from "./framework/pack";
import { rules } from "./rules";

/** Serves the pack to the engine; once in a process, because CrossGuard starts a server for it. */
export function startPack(now?: () => Date): void {
    const pack = packRules(rules, now);
    settleConfiguration(pack.configure);
    new PolicyPack("iot-domains", {
        displayName: "AWS IoT Core custom domains",
        description: "Keeps customer-managed domains of AWS IoT Core sound, in every region they run in.",
        provider: "aws",
        tags: ["aws", "iot", "tls", "dns"],
        policies: pack.policies,
    });
}
