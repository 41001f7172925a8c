/** One block between a BEGIN and an END line. */
export interface PemBlock {
    /** What the BEGIN line names, such as `CERTIFICATE`. */
    readonly label: string;
    /** The decoded content. Of a private key it is secret: it goes to the parser and nowhere else. */
    readonly content: Buffer;
    /** Whether headers (`Proc-Type: 4,ENCRYPTED`) say that the content is encrypted. */
    readonly encrypted: boolean;
    /** Size as ACM would get it: lines of 64 characters, line feeds, nothing around. */
    readonly bytes: number;
}

/** A block that could not be read, or that stands where none belongs. */
export interface PemFault {
    readonly label: string;
    /** In words that follow "got", without any of the content. */
    readonly got: string;
    /** An imperative sentence without a full stop. */
    readonly remedy: string;
}

/** What a text holds, in its order. */
export interface Pem {
    readonly blocks: readonly PemBlock[];
    readonly faults: readonly PemFault[];
}

/** What becomes of two files, the first without a line break at its end, that are written one behind the other. */
const joinedBoundaries = /^(-----END [A-Z0-9 ]{1,40}-----)(-----BEGIN [A-Z0-9 ]{1,40}-----)$/;
const boundary = /^-----(BEGIN|END) ([A-Z0-9 ]{1,40})-----$/;
const header = /^[A-Za-z][A-Za-z0-9-]{0,40}: /;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

interface OpenBlock {
    readonly label: string;
    readonly lines: string[];
    encrypted: boolean;
}

/**
 * Splits a text into its PEM blocks; line ends of any kind, and text around the blocks (OpenSSL's bag attributes), are
 * fine.
 *
 * One pass over the lines, so the time grows with the text and with nothing else. Node's own readers stop at the first
 * block and take broken Base64 for good, hence this one.
 */
export function readPem(text: string): Pem {
    const blocks: PemBlock[] = [];
    const faults: PemFault[] = [];
    let open: OpenBlock | undefined;
    const giveUp = (got: string): void => {
        addFault(faults, { label: open?.label ?? "", got, remedy: copyAgain });
        open = undefined;
    };
    const lines = text.split(/\r\n|\n|\r/).map((line) => line.trim());
    if (lines.some((line) => joinedBoundaries.test(line))) {
        const got = "an END line and a BEGIN line without a line break between them";
        addFault(faults, { label: "", got, remedy: "put each on a line of its own" });
    }
    for (const line of lines.flatMap((each) => joinedBoundaries.exec(each)?.slice(1) ?? each)) {
        const [, kind, label = ""] = boundary.exec(line) ?? [];
        if (kind === "BEGIN") {
            if (open !== undefined) {
                giveUp(`a ${open.label} block without an END line`);
            }
            open = { label, lines: [], encrypted: false };
        } else if (kind === "END" && open === undefined) {
            addFault(faults, { label, got: `the END line of a ${label} block that never began`, remedy: copyAgain });
        } else if (kind === "END" && open !== undefined && open.label !== label) {
            giveUp(`a ${open.label} block that ends as ${label}`);
        } else if (kind === "END" && open !== undefined) {
            const block = close(open);
            if (block === undefined) {
                giveUp(`a ${open.label} block whose content is not Base64`);
            } else {
                blocks.push(block);
                open = undefined;
            }
        } else if (open !== undefined) {
            addLine(open, line);
        }
    }
    if (open !== undefined) {
        giveUp(`a ${open.label} block without an END line`);
    }
    return { blocks, faults };
}

const copyAgain = "copy the whole file again";

/** The first faults say enough, and the same one a second time says nothing. */
const maximumFaults = 10;

function addFault(faults: PemFault[], fault: PemFault): void {
    if (faults.length < maximumFaults && !faults.some(({ got }) => got === fault.got)) {
        faults.push(fault);
    }
}

function addLine(open: OpenBlock, line: string): void {
    if (header.test(line)) {
        open.encrypted ||= /^Proc-Type:.*ENCRYPTED/.test(line);
    } else if (line !== "") {
        open.lines.push(line);
    }
}

function close(open: OpenBlock): PemBlock | undefined {
    const joined = open.lines.join("");
    if (joined.length % 4 !== 0 || !base64.test(joined)) {
        return undefined;
    }
    const { label, encrypted } = open;
    const boundaries = 2 * label.length + "-----BEGIN -----\n-----END -----\n".length;
    return {
        label,
        encrypted,
        content: Buffer.from(joined, "base64"),
        bytes: boundaries + joined.length + Math.ceil(joined.length / 64),
    };
}
