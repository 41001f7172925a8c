import type { Cloud } from "../../cloud";

/** The environment variable that names the directory of the sandbox's cloud. */
const directoryVariable = "IOT_DOMAINS_SANDBOX_CLOUD";

/** The sandbox's cloud, opened when somebody needs it. */
export interface LateCloud {
    open(): Promise<Cloud>;
    close(): void;
}

/** The cloud that the environment names; `undefined` where it names none. */
export function lateCloud(): LateCloud | undefined {
    const directory = process.env[directoryVariable];
    if (directory === undefined || directory === "") {
        return undefined;
    }
    let opened: Promise<Cloud> | undefined;
    return {
        open() {
            opened ??= import("../../cloud").then(({ Cloud }) => new Cloud({ directory }));
            return opened;
        },
        close() {
            void opened?.then((cloud) => cloud.close());
        },
    };
}
