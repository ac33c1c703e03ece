export { default } from "./park.ts";
