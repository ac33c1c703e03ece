export { default } from "./ack.ts";
