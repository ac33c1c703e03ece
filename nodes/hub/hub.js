export { default } from "./hub.ts";
