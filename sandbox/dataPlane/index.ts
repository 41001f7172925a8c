export { serveDataPlane, type DataPlane, type DataPlaneOptions } from "./dataPlane";
export { readDescription, type DataPlaneDescription, type EndpointDescription, type EndpointPort } from "./description";
