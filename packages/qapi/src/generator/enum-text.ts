import type { EnumValueDefinition } from '../model/definition.ts';
import type { EnumType } from '../model/qapi-type.ts';
import { describeCondition, describeFacts, oneLine } from './describe-facts.ts';
import { docComment } from './doc-comment.ts';
import { literal, unionText } from './layout.ts';
import type { Printing } from './printing.ts';
import type { Direction } from './wire-types.ts';

/** Takes all strings without taking the listed ones out of the completion. */
const ANY_STRING = '(string & {})';

/** An enum: its values, and where it is received also those that a newer server may have. */
export function enumText(type: EnumType, direction: Direction, printing: Printing): string {
  const { names } = printing;
  const name = names.of(type, direction);
  const exact = names.of(type, 'sent');
  if (name !== exact) {
    const remarks = [`\`${exact}\` as it is received: a newer server may have more values.`];
    return docComment(remarks, '') + unionText(name, [exact, ANY_STRING]);
  }
  const list = describeValues([...type.values.values()]);
  const comment = docComment(describeFacts(type, { list, link: printing.links.get(type.name) }), '');
  const values = [...type.values.keys()].map(literal);
  if (direction === 'received') values.push(ANY_STRING);
  return comment + unionText(name, values.length === 0 ? ['never'] : values);
}

/** What is said of single values, as a list. */
function describeValues(values: readonly EnumValueDefinition[]): string[] {
  return values.flatMap((value) => {
    const { documentation, since, condition, features = [] } = value;
    const facts = [
      ...(documentation === undefined ? [] : [oneLine(documentation)]),
      ...(since === undefined ? [] : [`since ${since}`]),
      ...(condition === undefined ? [] : [`only in builds with ${describeCondition(condition)}`]),
      ...features.map((feature) => feature.name),
    ];
    return facts.length === 0 ? [] : [`- \`${value.name}\`: ${facts.join('; ')}`];
  });
}
