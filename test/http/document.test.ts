import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { PROBLEMS } from "../../src/core/problem-codes.ts";
import { CODE_WORDS } from "../../src/core/verify/code-words.ts";
import { ROUTES } from "../../src/http/routes.ts";
import type { Json, RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { schemaCheckerOf } from "../support/openapi.ts";

const primitives = await loadPrimitives();

let app: RunningApp;
let document: Json;
let operations: { path: string; method: string; operation: Json }[];

beforeAll(async () => {
  const pages = { files: new Map(), endpoints: [], help: null, host: "localhost" };
  app = await runHttpApp(serviceOver(primitives, null, { pages }));
  document = (await app.get("/openapi.json")).json;
  operations = Object.entries<Json>(document.paths).flatMap(([path, item]) => {
    return Object.entries<Json>(item).map(([method, operation]) => ({ path, method, operation }));
  });
});
afterAll(() => app.stop());

/** Every member called `name`, wherever it is. */
function findAll(value: Json, name: string): Json[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries<Json>(value).flatMap(([key, inner]) => {
    return [...(key === name ? [inner] : []), ...findAll(inner, name)];
  });
}

function resolve(pointer: string): Json {
  return pointer
    .slice(2)
    .split("/")
    .reduce((value, key) => value?.[key], document);
}

const followed = (value: Json): Json => (value.$ref === undefined ? value : resolve(value.$ref));

/** Objects with members of their own inside a schema, by where they are. */
function unnamedObjects(schema: Json, place: string): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries<Json>(schema).flatMap(([name, inner]) => {
    const where = `${place}.${name}`;
    const isObject = inner?.properties !== undefined && inner.type === "object";
    return [...(isObject ? [where] : []), ...unnamedObjects(inner, where)];
  });
}

function refersToItself(name: string): boolean {
  const pointers: string[] = findAll(document.components.schemas[name], "$ref");
  return pointers.includes(`#/components/schemas/${name}`);
}

describe("the OpenAPI document", () => {
  it("is of version 3.1 and says the version of the service", () => {
    expect(document).toMatchObject({
      openapi: "3.1.0",
      info: { version: "0.0.0-test" },
      servers: [{ url: "/" }],
    });
  });

  it("holds JSON Schemas alone, which nothing checks when requests are held against them", () => {
    const ajv = new Ajv2020();
    const parameters = findAll(document.paths, "parameters").flat().map(followed);
    const schemas = [
      ...Object.entries<Json>(document.components.schemas),
      ...parameters.map(({ name, schema }) => [name, schema]),
    ];
    for (const [name, schema] of schemas) {
      expect([name, ajv.validateSchema(schema), ajv.errors]).toEqual([name, true, null]);
    }
    expect(parameters.length).toBeGreaterThan(10);
  });

  it("documents every route, and no other", () => {
    const documented = operations.map(({ path, method }) => `${method} ${path}`);
    expect(documented).toEqual(ROUTES.map(({ path, method }) => `${method} ${path}`));
  });

  it("documents no address that the service does not have", async () => {
    for (const { path, method } of operations) {
      const address = app.url + path.replaceAll(/\{\w+\}/g, "x");
      const response = await fetch(address, { method: method.toUpperCase() });
      expect([path, response.status]).not.toEqual([path, 404]);
      expect([path, response.status]).not.toEqual([path, 405]);
    }
  });

  it("refers to nothing that is not there", () => {
    const pointers: string[] = findAll(document, "$ref");
    expect(pointers.length).toBeGreaterThan(20);
    expect(pointers.filter((pointer) => resolve(pointer) === undefined)).toEqual([]);
  });

  it("holds no schema that nothing refers to", () => {
    const pointers = new Set(findAll(document, "$ref"));
    const names = Object.keys(document.components.schemas);
    expect(names.filter((name) => !pointers.has(`#/components/schemas/${name}`))).toEqual([]);
  });

  it("gives every operation a name of its own, a tag that is declared, and words in both languages", () => {
    const tags = document.tags.map(({ name }: Json) => name);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations) {
      expect(tags).toContain(operation.tags[0]);
      expect(operation.summary).toMatch(/\p{Script=Han}/u);
      expect(operation.description).toMatch(/^[A-Z0-9].*\.$/);
    }
  });

  it("declares every parameter of a path, and none besides", () => {
    for (const { path, operation } of operations) {
      const inPath = operation.parameters.filter((p: Json) => p.in === "path");
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(inPath.map(({ name }: Json) => name)).toEqual(named);
      expect(inPath.every(({ required }: Json) => required === true)).toBe(true);
    }
  });

  it("says of every operation how it ends well and how it fails", () => {
    for (const { operation } of operations) {
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(["200", "500"]));
      for (const response of Object.values<Json>(operation.responses)) {
        expect(response.description).not.toBe("");
      }
    }
  });

  it("says how large a body may be, how a caller is slowed, and when to come again", () => {
    for (const { operation } of operations) {
      const { requestBody, responses, security } = operation;
      if (requestBody !== undefined) expect(requestBody.description).toMatch(/at most \d+ bytes/);
      const headers = Object.keys(responses["200"].headers);
      expect(headers).toContain("X-Request-Id");
      expect(headers.includes("RateLimit-Policy")).toBe(security.length > 0);
      expect(Object.keys(responses["429"]?.headers ?? { "Retry-After": 0 })).toContain(
        "Retry-After",
      );
      const sent = operation.parameters.map((parameter: Json) => followed(parameter).name);
      expect(sent).toContain("Accept-Language");
      expect(sent.includes("If-None-Match")).toBe(responses["304"] !== undefined);
    }
  });

  it("names every object and none by itself, so that a generator has a class for each", () => {
    const schemas = Object.entries<Json>(document.components.schemas);
    expect(schemas.flatMap(([name, schema]) => unnamedObjects(schema, name))).toEqual([]);
    expect(schemas.map(([name]) => name).filter(refersToItself)).toEqual([]);
  });

  it("shows examples that its own schemas accept", () => {
    const check = schemaCheckerOf(document);
    const contents = findAll(document.paths, "content").flatMap((c) => Object.values<Json>(c));
    let count = 0;
    for (const { schema, examples } of contents) {
      const validate = check(schema);
      for (const { value } of Object.values<Json>(examples)) {
        expect([value, validate(value), validate.errors]).toEqual([value, true, null]);
        count++;
      }
    }
    expect(count).toBeGreaterThan(30);
  });

  it("names every code of a problem and of a check, with its meaning", () => {
    const { ProblemCode, CheckCode } = document.components.schemas;
    expect(ProblemCode.enum).toEqual(Object.keys(PROBLEMS));
    expect(CheckCode.enum).toEqual(Object.keys(CODE_WORDS));
    for (const code of ProblemCode.enum) expect(ProblemCode.description).toContain(`\`${code}\``);
    for (const { words } of Object.values(CODE_WORDS)) {
      expect(CheckCode.description).toContain(words.zh);
    }
  });

  it("describes every member that a request may have", () => {
    const { properties } = document.components.schemas.VerificationRequest;
    for (const member of Object.values<Json>(properties)) {
      expect(member.description.length).toBeGreaterThan(20);
    }
  });

  it("holds schemas that a strict reader compiles", () => {
    const check = schemaCheckerOf(document);
    for (const name of Object.keys(document.components.schemas)) {
      expect(check({ $ref: `#/components/schemas/${name}` })).toBeInstanceOf(Function);
    }
  });
});
