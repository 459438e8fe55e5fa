// error: cannot convert value of type 'String' to expected argument type 'OSLogMessage'
// A message is made of a literal: what is put into it says who may see it.
import os

func log(_ text: String) { Logger(subsystem: "com.example", category: "handler").info(text) }
