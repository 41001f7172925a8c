import path from "node:path";
import { readIfThere, writeWhole } from "./files";

/** Any will do: the sandbox takes whoever reaches it for the owner of the account. */
const credentials = "aws_access_key_id = AKIAIOTDOMAINSSANDBOX\naws_secret_access_key = sandbox\n";

const credentialsFile = (root: string) => path.join(root, "aws-credentials");

/**
 * Has AWS's own clients find credentials for the profile that a stack's configuration names; the user's own are not read.
 *
 * Profiles of before are kept: the engine deletes with the settings that a resource was made with.
 *
 * @param profile the value of `aws:profile`
 */
export function provideCredentials(root: string, profile: unknown): void {
    const known = readIfThere(credentialsFile(root)) ?? "";
    const names = ["default", ...(typeof profile === "string" ? [profile] : [])];
    const missing = names.filter((name) => !known.split("\n").includes(`[${name}]`));
    if (missing.length > 0) {
        writeWhole(credentialsFile(root), known + missing.map((name) => `[${name}]\n${credentials}`).join(""));
    }
}

/** The environment in which AWS's own clients call the sandbox: what a dynamic resource of the program makes them with. */
export function awsClientVariables(root: string, endpoint: string): NodeJS.ProcessEnv {
    return {
        AWS_ENDPOINT_URL: endpoint,
        AWS_SHARED_CREDENTIALS_FILE: credentialsFile(root),
        AWS_CONFIG_FILE: path.join(root, "aws-config"),
        AWS_EC2_METADATA_DISABLED: "true",
    };
}
