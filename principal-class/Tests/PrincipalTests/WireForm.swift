import BAMessages
import BAPrincipal
@testable import BASimulatedSystem
import Foundation

/// A property list file as `settings.get` would give its values.
func wireForm(ofPropertyList data: Data) throws -> JSONValue {
  .object(try PropertyListReader.read(data).mapValues { try $0.wireForm() })
}
