export { default } from "./desk.ts";
