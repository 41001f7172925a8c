import { settings } from "./stack";

/** A stack whose outputs have something of everything: regions with fallbacks, health checks, and provisioning with a secret key. */
export const placedSettings = (regions: Readonly<Record<string, object>>) =>
    settings({
        regions,
        domains: {
            telemetry: {
                domainName: "iot.example.com",
                routing: {
                    policy: "geolocation",
                    default: "us-east-1",
                    locations: { "eu-central-1": ["EU"] },
                    fallbacks: { "eu-central-1": ["us-east-1"] },
                },
            },
        },
        provisioning: {
            claim: {
                certificates: { "2026": { generate: true } },
                template: { parameters: { SerialNumber: {} }, thingName: "sensor-{SerialNumber}" },
            },
        },
    });
