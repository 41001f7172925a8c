import type { FaultKind } from "../verify/faultKind";
import { faultKinds } from "../verify/faults";
import { lookNames, type LookName } from "../verify/look";
import { permissions, type Permissions } from "../verify/permissions";
import { table } from "./markdown";

/** What each look is about, as a heading. */
const headings: Readonly<Record<LookName, string>> = {
    account: "What AWS says",
    dns: "DNS",
    endpoint: "The way to the region",
    tls: "TLS",
    protocols: "MQTT and HTTPS",
    provisioning: "Provisioning",
};

/** The documentation of what `npm run verify` can find and what it needs, from the code itself. */
export function verifyDocument(): string {
    return [
        "<!-- Generated from verify/*/faults.ts and verify/permissions.ts; change it there. -->",
        "# Reference of `npm run verify`",
        "How to use it: [verify.md](verify.md).",
        "## Permissions",
        "What credentials need at most; without them less is seen, and the table says so. The outside view needs none.",
        table(
            ["For", "Actions", "Resources"],
            Object.values<Permissions>(permissions).map(({ purpose, actions, resources }) => [
                purpose,
                actions.map((action) => `\`${action}\``).join(", "),
                resources,
            ]),
        ),
        "## Faults",
        `${faultKinds.size} faults, by what was looked at. Severity \`low\` is advice and does not fail. What is wrong with a served ` +
            "certificate or its chain has the same rules as before an import, see [certificate-rules.md](certificate-rules.md).",
        ...lookNames.flatMap((look) => section(look)),
    ].join("\n\n");
}

function section(look: LookName): string[] {
    const ofLook = [...faultKinds].filter(([, kind]) => kind.look === look);
    return ofLook.length === 0
        ? []
        : [`### ${headings[look]}`, table(["Rule", "Fault", "Severity", "Remedy"], ofLook.map(row))];
}

function row([rule, { title, severity, remedy, reference }]: readonly [string, FaultKind]): string[] {
    return [`\`${rule}\``, title, severity, `${capitalized(escaped(remedy))} ([more](${reference})).`];
}

function capitalized(text: string): string {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What Markdown would take for emphasis or a tag. */
function escaped(text: string): string {
    return text.replace(/[*_<>]/g, "\\$&");
}
