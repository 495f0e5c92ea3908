/** For tools that do not read components, such as the linter: what vue-tsc sees is the components themselves. */
declare module "*.vue" {
  import type { Component } from "vue";
  const component: Component;
  export default component;
}
