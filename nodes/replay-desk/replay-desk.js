export { default } from "./replay-desk.ts";
