/** The environment variable that names the directory of the sandbox's cloud. */
export const directoryVariable = "IOT_DOMAINS_SANDBOX_CLOUD";
