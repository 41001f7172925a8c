import type { Socket } from "node:net";
import { Duplex } from "node:stream";

/** A connection that keeps what comes from the other side, for whoever wants to read the bytes themselves. */
export class RecordedStream extends Duplex {
    private readonly chunks: Buffer[] = [];

    public constructor(private readonly socket: Socket) {
        super();
        socket.on("data", (chunk: Buffer) => {
            this.chunks.push(chunk);
            if (!this.push(chunk)) {
                socket.pause();
            }
        });
        socket.on("end", () => this.push(null));
        socket.on("error", (error) => this.destroy(error));
        socket.on("close", () => this.destroy());
    }

    /** Everything that has come so far. */
    public received(): Buffer {
        return Buffer.concat(this.chunks);
    }

    public override _read(): void {
        this.socket.resume();
    }

    public override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
        this.socket.write(chunk, done);
    }

    public override _final(done: (error?: Error | null) => void): void {
        this.socket.end(() => done());
    }

    public override _destroy(error: Error | null, done: (error: Error | null) => void): void {
        this.socket.destroy();
        done(error);
    }
}
