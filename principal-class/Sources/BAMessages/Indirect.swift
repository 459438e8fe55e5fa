/// A box for a value inside another one of its own type.
package enum Indirect<Value> {
  indirect case value(Value)

  package init(_ value: Value) {
    self = .value(value)
  }

  package var value: Value {
    switch self {
    case .value(let value): value
    }
  }
}

extension Indirect: Sendable where Value: Sendable {}
extension Indirect: Equatable where Value: Equatable {}

extension Indirect: Decodable where Value: Decodable {
  package init(from decoder: any Decoder) throws {
    self = .value(try Value(from: decoder))
  }
}

extension Indirect: Encodable where Value: Encodable {
  package func encode(to encoder: any Encoder) throws {
    try value.encode(to: encoder)
  }
}
