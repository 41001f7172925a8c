import type { Finding } from "../rules/finding";

/** Faults of a private key in the configuration that anybody can read. */
export function plainKeyFindings(privateKey: string | undefined, isSecret: boolean, path: string): Finding[] {
    return privateKey === undefined || isSecret
        ? []
        : [
              {
                  rule: "private-key-exposed",
                  severity: "critical",
                  path,
                  got: "a private key in plain text",
                  expected: "a secret",
                  remedy: `set it with: pulumi config set --secret --path 'iot-domains:${path}'; if others could read it, use a new key`,
              },
          ];
}
