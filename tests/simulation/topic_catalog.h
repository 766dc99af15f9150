// What is published in the virtual world, and the names under which clients ask for it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace civic::simulation {

// How the events of a stream look, and in which cell a page finds them.
enum class StreamForm : std::uint8_t {
  kBill,
  kDiscussion,
  kExperts,
  kModeration,
  kNotifications,
  kUnknown,  // a type the engine has never heard of
};

struct StreamShape {
  std::string name;
  StreamForm form;
  int id = 0;  // of the bill or discussion
};

// A topic as an application names it.
struct TopicShape {
  static constexpr int kEveryStream = -1;

  std::string name;
  int stream = 0;  // or kEveryStream
  int expert = 0;  // takes events of this expert only; 0: of all
  int cell = 0;    // whose records it keeps; 0: none that can be compared with a log
};

class TopicCatalog {
 public:
  explicit TopicCatalog(int bills);

  const std::vector<StreamShape>& streams() const { return streams_; }
  const std::vector<TopicShape>& topics() const { return topics_; }
  // The stream a topic's name means on the wire; -1 if there is none, or it is all.
  int StreamOf(std::string_view topic) const;

 private:
  void Add(StreamShape stream, int cell);

  std::vector<StreamShape> streams_;
  std::vector<TopicShape> topics_;
};

}  // namespace civic::simulation
