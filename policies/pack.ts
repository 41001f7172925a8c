import { PolicyPack } from "@pulumi/policy";
import { settleConfiguration } from "./framework/configureCall";
import { packRules } from "./framework/pack";
import { rules } from "./rules";

const pack = packRules(rules);

settleConfiguration(pack.configure);
new PolicyPack("iot-domains", {
    displayName: "AWS IoT Core custom domains",
    description: "Keeps customer-managed domains of AWS IoT Core sound, in every region they run in.",
    provider: "aws",
    tags: ["aws", "iot", "tls", "dns"],
    policies: pack.policies,
});
