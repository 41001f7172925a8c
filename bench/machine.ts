import os from "node:os";

/** What figures belong to: the processors, Node's version and the day. */
export function machine(): string {
    const [processor] = os.cpus();
    return `${os.cpus().length} × ${processor?.model.trim() ?? "unknown processor"}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
}
