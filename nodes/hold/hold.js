export { default } from "./hold.ts";
