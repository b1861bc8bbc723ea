/**
 * QAPI, the language of QEMU's schema: what a QEMU understands, as a model.
 *
 * @module
 */
export { schemaDiff } from './difference/schema-diff.ts';
export type { DifferenceKind, SchemaDifference } from './difference/schema-difference.ts';
export { describeCondition } from './generator/describe-facts.ts';
export { generateTypeScript, type TypeScriptOptions } from './generator/generate-typescript.ts';
export { type Manual, manualLink } from './generator/manual.ts';
export { type IntrospectionOptions, readIntrospection } from './introspection/read-introspection.ts';
export type { BuiltinJson, BuiltinName, BuiltinType } from './model/builtin-type.ts';
export type {
  AlternateDefinition,
  AlternativeDefinition,
  BranchDefinition,
  CommandDefinition,
  Condition,
  Definition,
  DefinitionFacts,
  EnumDefinition,
  EnumValueDefinition,
  EventDefinition,
  Facts,
  FeatureDefinition,
  MemberDefinition,
  ObjectDefinition,
  TypeReference,
} from './model/definition.ts';
export { hasFeature } from './model/feature.ts';
export { QapiCommand } from './model/qapi-command.ts';
export { QapiEvent } from './model/qapi-event.ts';
export { type NamedType, QapiModel } from './model/qapi-model.ts';
export type {
  AlternateType,
  Alternative,
  ArrayType,
  Branch,
  EnumType,
  Member,
  ObjectType,
  QapiType,
} from './model/qapi-type.ts';
export { SchemaError } from './model/schema-error.ts';
export { parseSchema, type SchemaOptions } from './source/parse-schema.ts';
export type { RulesVersion } from './source/rules.ts';
export type { SchemaFiles } from './source/schema-files.ts';
export { closestName } from './validator/closest-name.ts';
export { validate, validateEvent, validateReturn } from './validator/validate.ts';
export type { ValidationIssue } from './validator/validation-issue.ts';
