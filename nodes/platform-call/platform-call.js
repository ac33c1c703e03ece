export { default } from "./platform-call.ts";
