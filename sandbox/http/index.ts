export { serveAws, type ServedAws, type ServeOptions } from "./serveAws";
