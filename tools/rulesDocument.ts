import { defaultPreset, levelIn, presets } from "../policies/framework/configuration";
import {
    ExampleFile,
    type ExampleResource,
    type ExampleValue,
    type Framework,
    type Rule,
    type Setting,
} from "../policies/framework/rule";
import { rules } from "../policies/rules";
import { table } from "./markdown";

/** The documentation of the policy pack's rules, from the rules themselves. */
export function rulesDocument(): string {
    return [
        "<!-- Generated from policies/rules; change it there. -->",
        "# Rules of the policy pack",
        `${rules.length} rules. **Mandatory** ones stop a deployment, **advisory** ones are printed. A rule on a resource judges before ` +
            "AWS is called, one on the stack at the end of a preview and after a deployment. What is known only after the " +
            "deployment is judged then. How to configure the pack: [policies/README.md](../policies/README.md).",
        overview(),
        ...rules.map(section),
    ].join("\n\n");
}

function overview(): string {
    return table(
        [
            "Rule",
            "Judges",
            "Severity",
            ...presets.map((preset) => (preset === defaultPreset ? `${preset} (default)` : preset)),
        ],
        rules.map((rule) => [
            `[${rule.name}](#${rule.name})`,
            judges(rule),
            rule.severity,
            ...presets.map((preset) => levelIn(preset, rule)),
        ]),
    );
}

function judges(rule: Rule): string {
    const resource = rule.resource?.types.map((type) => `\`${className(type)}\``).join(", ");
    return [resource, rule.stack === undefined ? undefined : "the stack"]
        .filter((text) => text !== undefined)
        .join(" and ");
}

function section(rule: Rule): string {
    const { frameworks = [], remediation, settings, examples } = rule;
    return [
        `## ${rule.name}`,
        `${rule.description} ${rule.rationale}`,
        `Severity ${rule.severity}, ${rule.enforcementLevel}. Judges ${judges(rule)}. [AWS's page](${rule.reference}).`,
        ...(frameworks.length === 0 ? [] : [frameworks.map(frameworkLine).join("\n")]),
        ...(settings === undefined ? [] : [settingsTable(settings)]),
        "To mend it:",
        `- Pulumi: ${code(remediation.code)}\n- AWS CLI: ${code(remediation.cli)}\n- AWS console: ${remediation.console}`,
        ...(examples.settings === undefined ? [] : [`With the settings \`${JSON.stringify(examples.settings)}\`:`]),
        "Keeps the rule:",
        fence("ts", examples.compliant.map(program).join("\n")),
        "Violates it:",
        fence("ts", examples.violating.map(program).join("\n")),
    ].join("\n\n");
}

function frameworkLine({ name, version, reference, title, specification }: Framework): string {
    return `- ${name} (${version}): [${reference}](${specification})${title === reference ? "" : `, ${title}`}`;
}

function settingsTable(settings: NonNullable<Rule["settings"]>): string {
    return table(
        ["Setting", "Type", "Default", "Meaning"],
        Object.entries(settings as Record<string, Setting<unknown>>).map(([name, setting]) => [
            `\`${name}\``,
            setting.type,
            `\`${JSON.stringify(setting.default)}\``,
            setting.description,
        ]),
    );
}

/** Code in a line, or words, which remedies may be instead. */
function code(text: string): string {
    return /^[A-Z][a-z]+ .*\.$/s.test(text) ? text : `\`${text.replace(/\n\s*/g, " ")}\``;
}

function fence(language: string, text: string): string {
    return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** `aws:iot/domainConfiguration:DomainConfiguration` as a program writes it: `aws.iot.DomainConfiguration`. */
function className(type: string): string {
    const [name, module = "", resource] = type.split(":");
    const namespace = module.split("/")[0] ?? "";
    return namespace === "index" ? `${name}.${resource}` : `${name}.${namespace}.${resource}`;
}

function program({ type, name, properties, protect }: ExampleResource): string {
    const options = protect === true ? ", { protect: true }" : "";
    return `new ${className(type)}(${JSON.stringify(name)}, ${literal(properties)}${options});`;
}

function literal(value: ExampleValue | ExampleResource["properties"]): string {
    if (value instanceof ExampleFile) {
        return `fs.readFileSync(${JSON.stringify(value.fileName)}, "utf8")`;
    }
    if (Array.isArray(value)) {
        return `[${value.map((member: ExampleValue) => literal(member)).join(", ")}]`;
    }
    if (typeof value === "object" && value !== null) {
        const members = Object.entries(value as Record<string, ExampleValue>).map(
            ([name, member]) => `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: ${literal(member)}`,
        );
        return `{ ${members.join(", ")} }`;
    }
    return value === undefined ? "undefined" : JSON.stringify(value);
}
