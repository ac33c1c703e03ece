export { default } from "./alert.ts";
