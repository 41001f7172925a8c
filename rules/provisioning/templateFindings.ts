import { isFault, type Finding } from "../finding";
import type { TemplateType } from "./parameters";
import { templateBody, type TemplateSettings } from "./template";
import { templateBodyFindings } from "./templateBodyFindings";
import { templateSettingsFindings } from "./templateSettingsFindings";

/** Faults of what a template is to be made from, and where there are none, of the body that is made. */
export function templateFindings(
    settings: TemplateSettings,
    type: TemplateType,
    policyName: string,
    path: string,
): Finding[] {
    const findings = templateSettingsFindings(settings, type, path);
    return findings.some(isFault)
        ? findings
        : [...findings, ...templateBodyFindings(JSON.stringify(templateBody(type, settings, policyName)), type, path)];
}
