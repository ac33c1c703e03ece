export { default } from "./ui-hub-page.ts";
