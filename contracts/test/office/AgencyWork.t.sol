// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencyRegistry} from "../../interfaces/IAgencyRegistry.sol";
import {AuthorityWork} from "./AuthorityWork.t.sol";

/// @title Agencies are suspended, closed and succeeded; operators come, go and are distrusted
abstract contract AgencyWork is AuthorityWork {
    bytes18[6] internal agencies;
    IAgencyRegistry.Operator[OPERATORS] internal operators;
    mapping(bytes18 agency => IAgencyRegistry.Agency) internal agencyBook;
    mapping(bytes18 agency => bytes18) private _successors;

    /// @notice What the agency registry's last number should be.
    uint64 public registryChanges;

    constructor(bytes18[6] memory agencies_) {
        agencies = agencies_;
        registryChanges = registry.sequence();
        for (uint256 i = 0; i < 6; i++) {
            agencyBook[agencies[i]] = registry.agencyOf(agencies[i]);
            operators[i] = registry.operatorOf(people[i]);
        }
    }

    /// @dev Rarely closes for good.
    function setAgencyStatus(uint256 who, uint256 which, uint8 seed) external {
        bytes18 agency = agencies[which % 6];
        IAgencyRegistry.AgencyStatus next = IAgencyRegistry.AgencyStatus(
            seed % 8 == 0
                ? 0
                : seed % 8 == 7
                    ? 3
                    : 1 + (seed % 2)
        );
        IAgencyRegistry.AgencyStatus former = agencyBook[agency].status;
        bool isLawful = former != next && next != IAgencyRegistry.AgencyStatus.Unknown;
        if (former == IAgencyRegistry.AgencyStatus.Closed) isLawful = false;
        bytes memory call = abi.encodeCall(
            registry.setAgencyStatus,
            (agency, next, uint64(block.timestamp), "")
        );
        if (!_changeRegistry(who, isLawful ? _authoritiesOf(agency) : 0, call)) return;
        agencyBook[agency].status = next;
        agencyBook[agency].since = uint64(block.timestamp);
        _compareAgency(agency);
    }

    function succeed(uint256 who, uint256 which, uint256 whichOther) external {
        (bytes18 agency, bytes18 heir) = (agencies[which % 6], agencies[whichOther % 6]);
        bool isGood = agency != heir && _isActive(heir) && _successors[agency] == 0;
        uint256 allowed = isGood ? _authoritiesOf(agency) & _authoritiesOf(heir) : 0;
        bytes memory call = abi.encodeCall(registry.succeedAgency, (agency, heir, 7, ""));
        if (!_changeRegistry(who, allowed, call)) return;
        _successors[agency] = heir;
        if (agencyBook[agency].status != IAgencyRegistry.AgencyStatus.Closed) {
            agencyBook[agency].status = IAgencyRegistry.AgencyStatus.Closed;
            agencyBook[agency].since = 7;
        }
        _compareAgency(agency);
    }

    /// @dev Every fourth window starts later, every fourth ends.
    function employ(uint256 who, uint256 whom, uint256 which, uint16 from, uint16 until) external {
        whom %= OPERATORS;
        bytes18 agency = _agencyFor(whom, which);
        uint48 validFrom = from % 4 == 0 ? uint48(block.timestamp) + from : 0;
        uint48 validUntil = until % 4 == 0 ? uint48(block.timestamp) + until : 0;
        bool isGood = validUntil == 0 || validUntil > validFrom;
        if (operators[whom].agency != 0 && operators[whom].agency != agency) isGood = false;
        if (operators[whom].isDistrusted) isGood = false;
        bytes memory call = abi.encodeCall(
            registry.addOperator,
            (agency, people[whom], validFrom, validUntil, "")
        );
        if (!_changeRegistry(who, isGood ? _authoritiesOf(agency) : 0, call)) return;
        operators[whom] = IAgencyRegistry.Operator(agency, validFrom, validUntil, false);
        _compareOperator(whom);
    }

    function removeOperator(uint256 who, uint256 whom) external {
        whom %= OPERATORS;
        uint256 allowed = _isOver(whom) ? 0 : _authoritiesOf(operators[whom].agency);
        bytes memory call = abi.encodeCall(registry.removeOperator, (people[whom], ""));
        if (!_changeRegistry(who, allowed, call)) return;
        operators[whom].validUntil = uint48(block.timestamp);
        _compareOperator(whom);
    }

    function distrust(uint256 who, uint256 whom, uint256 which, uint64 since) external {
        whom %= OPERATORS;
        bytes18 agency = _agencyFor(whom, which);
        uint256 allowed = operators[whom].agency == agency ? _authoritiesOf(agency) : 0;
        bytes memory call = abi.encodeCall(
            registry.distrustOperator,
            (agency, people[whom], since, "")
        );
        if (!_changeRegistry(who, allowed, call)) return;
        operators[whom].isDistrusted = true;
        if (!_isOver(whom)) operators[whom].validUntil = uint48(block.timestamp);
        _compareOperator(whom);
    }

    function liftDistrust(uint256 who, uint256 whom, uint256 which) external {
        whom %= OPERATORS;
        bytes18 agency = _agencyFor(whom, which);
        bool isGood = operators[whom].agency == agency && operators[whom].isDistrusted;
        bytes memory call = abi.encodeCall(
            registry.liftOperatorDistrust,
            (agency, people[whom], "")
        );
        if (!_changeRegistry(who, isGood ? _authoritiesOf(agency) : 0, call)) return;
        operators[whom].isDistrusted = false;
        _compareOperator(whom);
    }

    /// @dev Compares every agency and operator with the books.
    function _compareAgencies() internal {
        for (uint256 i = 0; i < 6; i++) _compareAgency(agencies[i]);
        for (uint256 i = 0; i < OPERATORS; i++) _compareOperator(i);
    }

    function _changeRegistry(
        uint256 who,
        uint256 allowed,
        bytes memory call
    ) internal returns (bool happened) {
        happened = _act(who, allowed, address(registry), call);
        if (happened) registryChanges++;
    }

    function _authoritiesOf(bytes18 agency) internal view returns (uint256) {
        return agency == 0 ? 0 : _authoritiesOver(agencyBook[agency].region);
    }

    function _operatorsOf(bytes18 agency) internal view returns (uint256 set) {
        if (!_isActive(agency)) return 0;
        for (uint256 i = 0; i < OPERATORS; i++) {
            if (operators[i].agency == agency && _hasBegun(i) && !_isOver(i)) set |= 1 << i;
        }
    }

    function _mayChangeStatuses(bytes18 agency) internal view returns (uint256) {
        bytes18 acting = agency;
        while (agencyBook[acting].status == IAgencyRegistry.AgencyStatus.Closed) {
            acting = _successors[acting];
        }
        return _operatorsOf(acting) | _authoritiesOf(agency);
    }

    function _compareAgency(bytes18 agency) private {
        _expect(registry.successorOf(agency) == _successors[agency]);
        _expect(
            keccak256(abi.encode(registry.agencyOf(agency))) ==
                keccak256(abi.encode(agencyBook[agency]))
        );
    }

    function _compareOperator(uint256 whom) private {
        _expect(
            keccak256(abi.encode(registry.operatorOf(people[whom]))) ==
                keccak256(abi.encode(operators[whom]))
        );
    }

    /// @dev Mostly the one that the operator serves.
    function _agencyFor(uint256 whom, uint256 which) private view returns (bytes18) {
        bool isOther = operators[whom].agency == 0 || which % 4 == 0;
        return isOther ? agencies[(which / 4) % 6] : operators[whom].agency;
    }

    function _isActive(bytes18 agency) private view returns (bool) {
        return agencyBook[agency].status == IAgencyRegistry.AgencyStatus.Active;
    }

    function _hasBegun(uint256 whom) private view returns (bool) {
        return operators[whom].validFrom <= block.timestamp;
    }

    function _isOver(uint256 whom) private view returns (bool) {
        uint48 validUntil = operators[whom].validUntil;
        return validUntil != 0 && validUntil <= block.timestamp;
    }
}
